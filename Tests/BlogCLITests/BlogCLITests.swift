// BlogCLITests
