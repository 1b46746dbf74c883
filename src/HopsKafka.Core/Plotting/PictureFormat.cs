namespace HopsKafka.Plotting;

/// <summary>What a picture is written as.</summary>
public enum PictureFormat
{
    /// <summary>Pixels.</summary>
    Png,

    /// <summary>Lines and text: sharp at any size, and its text can be searched.</summary>
    Svg,
}
