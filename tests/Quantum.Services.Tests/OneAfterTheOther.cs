// The tests take over the console's streams and listen to what the whole process measures: one after the other. Beside
// them, each class by itself, run those that mostly wait for processes of their own: they name a collection.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly, MaxParallelThreads = 8)]
