using Quantum.Roles.Sizing;
using Quantum.Sizing;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.Services.AddGrpc();
builder.Services.AddSingleton<SizingPolicyRole>();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapGrpcService<SizingService>();
app.Run();
