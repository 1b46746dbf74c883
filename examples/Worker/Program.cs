using Worker;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHopsworksKafka(builder.Configuration.GetSection("Hopsworks"));
builder.Services.AddHealthChecks().AddHopsworksKafka();
builder.Services.AddHostedService<ReadingWorker>();

var app = builder.Build();
app.MapHealthChecks("/health");
app.Run();
