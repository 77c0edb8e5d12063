// BlogCLI
