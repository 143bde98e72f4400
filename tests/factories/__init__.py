"""Small builders. What can be made by a command is made by one; readings are put together in memory."""
