using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Running;
using micro;

// In this process: the native libraries then need no second copy, and a noisy machine is noisy for all contenders alike.
BenchmarkSwitcher.FromTypes([typeof(OneEvent), typeof(OneRecord), typeof(OneRow)]).Run(args.Length > 0 ? args : ["--filter", "*", "--inProcess"], ManualConfig.CreateMinimumViable());
