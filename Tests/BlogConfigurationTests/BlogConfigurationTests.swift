// BlogConfigurationTests
