"""What a language model writes, held to the passages: `reply` cuts it into sentences, `support` checks each, `writer` asks."""
