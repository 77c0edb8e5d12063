// BlogModels
