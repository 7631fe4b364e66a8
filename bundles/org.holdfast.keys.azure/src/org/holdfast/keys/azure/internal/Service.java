package org.holdfast.keys.azure.internal;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.azure.AzureSettings;
import org.holdfast.azure.AzureTokens;

/** Puts calls together when they are needed for the first time; before that no class of the Azure SDK is loaded. */
public final class Service {
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

    private final Map<String, String> variables;
    private final Duration unit;
    private @Nullable Calls calls;

    /** @param variables environment of the process */
    public Service(Map<String, String> variables) {
        this(variables, FIRST_WAIT);
    }

    /** @param unit how long the first wait before another try is */
    public Service(Map<String, String> variables, Duration unit) {
        this.variables = Map.copyOf(variables);
        this.unit = unit;
    }

    /** What the program is told. */
    public AzureSettings settings() {
        try {
            return AzureSettings.of(variables);
        } catch (IllegalArgumentException e) {
            throw Failures.configuration(e);
        }
    }

    /** Refuses a place of another cloud. */
    public void requireCloud(Place place) {
        Calls.requireCloud(place, settings());
    }

    private synchronized Calls calls() {
        Calls known = calls;
        if (known == null) {
            try {
                known = new Calls(new AzureTokens(settings()), unit);
            } catch (IOException e) {
                throw Failures.configuration(e);
            }
            calls = known;
        }
        return known;
    }

    /** Secrets. */
    public Secrets secrets() {
        return new Secrets(calls());
    }

    /** Keys. */
    public Keys keys() {
        return new Keys(calls());
    }

    /** What to say when a secret is not what was stored. */
    public static RuntimeException notKept(Place place) {
        return Failures.notKept(place);
    }
}
