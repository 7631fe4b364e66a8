package org.holdfast.store.azure.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.azure.AzureSettings;

import com.azure.storage.blob.BlobServiceVersion;
import com.azure.storage.blob.models.AccessTier;

/**
 * How a store works.
 *
 * @param dataTier tier of data packs, null for that of the account; everything else is needed at any time and stays hot
 * @param lockDays how long objects of a vault are locked against removal, 0 for not at all
 * @param version of the service to speak, null for the newest the SDK knows; emulators are behind
 * @param spool where objects wait whose name is not known yet
 * @param patience how long a request is tried again
 */
public record StoreOptions(@Nullable AccessTier dataTier, int lockDays, @Nullable BlobServiceVersion version,
        Path spool, Duration patience) {
    static final String VERSION = "HOLDFAST_AZURE_API_VERSION";
    private static final String TIER = "HOLDFAST_AZURE_DATA_TIER";
    private static final String LOCK = "HOLDFAST_AZURE_LOCK_DAYS";
    private static final int LONGEST_LOCK = 146_000;

    /**
     * Reads them.
     *
     * @throws IllegalArgumentException with a sentence about what is wrong
     */
    public static StoreOptions of(AzureSettings settings) {
        String spool = settings.variable("HOLDFAST_AZURE_SPOOL");
        return new StoreOptions(tier(settings.variable(TIER)), days(settings.variable(LOCK)),
                version(settings.variable(VERSION)),
                Path.of(spool.isEmpty() ? System.getProperty("java.io.tmpdir") : spool), Duration.ofMinutes(2));
    }

    private static @Nullable AccessTier tier(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> null;
            case "hot" -> AccessTier.HOT;
            case "cool" -> AccessTier.COOL;
            case "cold" -> AccessTier.COLD;
            default -> throw new IllegalArgumentException(TIER + " is '" + text + "', and not one of hot, cool, cold.");
        };
    }

    private static int days(String text) {
        try {
            int days = text.isEmpty() ? 0 : Integer.parseInt(text);
            if (days >= 0 && days <= LONGEST_LOCK) {
                return days;
            }
        } catch (NumberFormatException e) {
            // Said below.
        }
        throw new IllegalArgumentException(LOCK + " is '" + text + "', and not a number of days up to " + LONGEST_LOCK
                + ".");
    }

    private static @Nullable BlobServiceVersion version(String text) {
        return text.isEmpty() ? null
                : Arrays.stream(BlobServiceVersion.values()).filter(each -> each.getVersion().equals(text)).findFirst()
                        .orElseThrow(() -> new IllegalArgumentException(VERSION + " is '" + text
                                + "', which is no version that this program knows."));
    }
}
