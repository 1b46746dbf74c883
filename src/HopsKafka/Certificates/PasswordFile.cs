using HopsKafka.Common;

namespace HopsKafka.Certificates;

/// <summary>Reads a password from a file of one line.</summary>
internal static class PasswordFile
{
    /// <summary>The password, without the line's end.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="setting">What names it, for messages.</param>
    /// <returns>The password.</returns>
    /// <exception cref="HopsKafkaException">It cannot be read, is empty, or has more than one line.</exception>
    public static Secret Read(string path, string setting)
    {
        var password = SecretFile.Text(path, setting, $"Put the password into a file there, or correct {setting}.").TrimEnd('\r', '\n');
        if (password.Length > 0 && !password.Any(char.IsControl))
        {
            return new Secret(password);
        }

        throw new HopsKafkaException(
            $"The password file {path} ({setting}) {(password.Length == 0 ? "is empty" : "holds more than one line of text")}.",
            "Put the password into it, on one line and nothing else.",
            ExitCode.Usage);
    }
}
