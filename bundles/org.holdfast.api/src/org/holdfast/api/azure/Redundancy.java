package org.holdfast.api.azure;

import java.util.Arrays;
import java.util.Locale;

/** How often, and how far apart, storage keeps each byte. */
public enum Redundancy {
    /** Three copies in one data centre. */
    LRS("Standard_LRS", "LocallyRedundant"),
    /** In three zones of a region. */
    ZRS("Standard_ZRS", "ZoneRedundant"),
    /** In one data centre, and in another region. */
    GRS("Standard_GRS", "GeoRedundant"),
    /** The same, and the other region can be read at any time. */
    RA_GRS("Standard_RAGRS", ""),
    /** In three zones, and in another region. */
    GZRS("Standard_GZRS", ""),
    /** The same, and the other region can be read at any time. */
    RA_GZRS("Standard_RAGZRS", "");

    private final String sku;
    private final String vaultName;

    Redundancy(String sku, String vaultName) {
        this.sku = sku;
        this.vaultName = vaultName;
    }

    /** The name of a storage account's SKU. */
    public String sku() {
        return sku;
    }

    /** The name that Recovery Services vaults have for it, empty when they have none. */
    public String vaultName() {
        return vaultName;
    }

    /** Whether it is spread over zones, which a storage account cannot begin or end by itself. */
    public boolean isZonal() {
        return sku.contains("Z");
    }

    /** As it is typed. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Reads what was typed.
     *
     * @throws IllegalArgumentException with the values there are
     */
    public static Redundancy parse(String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
        return Arrays.stream(values()).filter(r -> r.text().equals(plain)
                || r.text().replace("-", "").equals(plain)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not one of "
                        + String.join(", ", Arrays.stream(values()).map(Redundancy::text).toList()) + "."));
    }
}
