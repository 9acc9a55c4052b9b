// The tests start processes and take over the console's streams.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
