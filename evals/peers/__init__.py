"""Other frameworks on the same documents and questions, each in an environment of its own (README.md). Never part of a build."""
