// The minimum cost of a .NET console program.
Console.WriteLine("Hello");
