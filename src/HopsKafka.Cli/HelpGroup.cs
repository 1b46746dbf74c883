namespace HopsKafka.Cli;

/// <summary>The groups of options in a command's help, in their order; the name is the title.</summary>
internal enum HelpGroup
{
    /// <summary>Which project, topic and group.</summary>
    Connection,

    /// <summary>What is read or sent.</summary>
    Input,

    /// <summary>From where to where, and how fast.</summary>
    Position,

    /// <summary>Keys and stores.</summary>
    Passwords,

    /// <summary>The brokers of a sandbox.</summary>
    Kafka,

    /// <summary>What is created or changed.</summary>
    Changes,

    /// <summary>What is printed or written.</summary>
    Output,

    /// <summary>What happens to events that cannot be decoded.</summary>
    Errors,

    /// <summary>What is drawn.</summary>
    Pictures,

    /// <summary>What all commands have.</summary>
    General,
}
