using Quantum.Hosting;

return await QuantumHosting.RunAsync(args, _ => { });
