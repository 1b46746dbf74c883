using System.ComponentModel;
using System.Diagnostics;

namespace HopsKafka.TestKit;

/// <summary>Runs a program of this machine until it exits.</summary>
public static class ExternalProgram
{
    /// <summary>Null when the machine lacks the program.</summary>
    public static ToolResult? TryRun(string program, string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var error = process.StandardError.ReadToEndAsync();
            var output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return new ToolResult(process.ExitCode, output, error.Result);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
