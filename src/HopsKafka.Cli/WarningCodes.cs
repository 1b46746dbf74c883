namespace HopsKafka.Cli;

/// <summary>
/// The codes of warnings with <c>--log-format json</c>. They stay the same when a message is reworded; docs/troubleshooting.md lists them. A warning about an
/// error of Kafka, of the REST API or of an event has the code of that error instead (<see cref="ErrorCodes"/>).
/// </summary>
internal static class WarningCodes
{
    public const string ApiKeyConflict = "api_key_conflict";
    public const string Aborted = "aborted";
    public const string BrokersUncertain = "brokers_uncertain";
    public const string CertificateExpired = "certificate_expired";
    public const string CertificateNotChecked = "certificate_not_checked";
    public const string CertificateNotYetValid = "certificate_not_yet_valid";
    public const string CommitFailed = "commit_failed";
    public const string CoreDumps = "core_dumps";
    public const string DeadLetterFileNotEmpty = "dead_letter_file_not_empty";
    public const string Defect = ErrorCodes.Defect;
    public const string DuplicateLetter = "duplicate_letter";
    public const string EmptyRange = "empty_range";
    public const string FieldNotFound = "field_not_found";
    public const string GroupLookupFailed = "group_lookup_failed";
    public const string IdempotenceNotGranted = "idempotence_not_granted";
    public const string InvalidLine = "invalid_line";
    public const string IssuerNotInTrustStore = "issuer_not_in_trust_store";
    public const string LeaveGroupFailed = "leave_group_failed";
    public const string MessagesDropped = "messages_dropped";
    public const string NotAcknowledged = "not_acknowledged";
    public const string NotDrawn = "not_drawn";
    public const string NotReplayed = "not_replayed";
    public const string OlderRowLast = "older_row_last";
    public const string OtherProject = "other_project";
    public const string OtherSchemaConfigured = "other_schema_configured";
    public const string OtherSubject = "other_subject";
    public const string OtherTopic = "other_topic";
    public const string OutputFailed = ErrorCodes.Output;
    public const string PartialFile = "partial_file";
    public const string PartitionsLost = "partitions_lost";
    public const string PictureFailed = "picture_failed";
    public const string ReadableByOthers = "readable_by_others";
    public const string RegistryUnavailable = "registry_unavailable";
    public const string RemovedFromGroup = "removed_from_group";
    public const string SchemaDiffers = "schema_differs";
    public const string ShiftLimited = "shift_limited";
    public const string TombstonesDropped = "tombstones_dropped";
    public const string TopicUncertain = "topic_uncertain";
    public const string UnsentLetters = "unsent_letters";
}
