// The least that a .NET console program costs.
Console.WriteLine("Hello");
