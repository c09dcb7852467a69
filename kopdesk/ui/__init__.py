"""The windows. They ask use cases and show what comes back; the business runs without them."""
