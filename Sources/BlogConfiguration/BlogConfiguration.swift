// BlogConfiguration
