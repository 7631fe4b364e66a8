package org.holdfast.console.client.fleet;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps sign-ins until the console ends. */
public final class MemoryTokens implements TokenStore {
    private final Map<String, Token> tokens = new ConcurrentHashMap<>();

    @Override
    public Optional<Token> read(String connectionId) {
        return Optional.ofNullable(tokens.get(connectionId));
    }

    @Override
    public void write(String connectionId, Token token) {
        tokens.put(connectionId, token);
    }

    @Override
    public void remove(String connectionId) {
        tokens.remove(connectionId);
    }
}
