package org.holdfast.api.azure;

import java.time.Duration;
import java.util.List;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The management of Azure, as whoever this program is there. All methods wait for the network, and some for minutes:
 * never call them on a thread that draws. Failures are {@link org.holdfast.api.HoldfastException}s with the words of
 * Azure and what to do next. Thread-safe.
 */
@ProviderType
public interface AzureManagement {
    /** Who the program is there and why, in one line. */
    String identity();

    /** The subscriptions that it sees, by name. */
    List<AzureSubscription> subscriptions();

    /** The resource groups of a subscription, by name. */
    List<AzureGroup> groups(String subscription);

    /** The regions in which a subscription may have something, the recommended ones first. */
    List<AzureRegion> regions(String subscription);

    /** Whether a storage account could have that name; what breaks the rules is told without asking Azure. */
    NameAnswer checkAccountName(String subscription, String name);

    /** What there is of a vault's place, and what would be made. Changes nothing. */
    VaultPlan plan(VaultRequest request, AzureWatch watch);

    /**
     * Makes what the plan of now says. Ends with the first step that fails; whoever calls again goes on from there,
     * because what is there already stays as it is.
     *
     * @return the plan afterwards, with what failed, if anything did
     */
    VaultPlan apply(VaultRequest request, AzureWatch watch);

    /** The Recovery Services vaults of a subscription, by name; only with what the list of Azure says. */
    List<RecoveryVault> recoveryVaults(String subscription);

    /** A Recovery Services vault with all its settings. */
    RecoveryVault recoveryVault(RecoveryVaultId id);

    /** Makes a Recovery Services vault, or brings the settings of one with no items yet into line. */
    RecoveryVault create(RecoveryVaultRequest request, AzureWatch watch);

    /** The servers with Microsoft's agent in a vault, by name. */
    List<MarsServer> servers(RecoveryVaultId id);

    /** What these servers protect. */
    List<MarsItem> items(RecoveryVaultId id);

    /** Their jobs of the last days, the newest first. */
    List<MarsJob> jobs(RecoveryVaultId id, Duration back);

    /**
     * Makes a new credentials file for Microsoft's agent. It is a secret: whoever has it registers servers. A new one
     * makes all older ones useless.
     */
    RecoveryCredentials credentials(RecoveryVaultId id);

    /** Has a PIN made for a critical operation on a server with Microsoft's agent; counts for some minutes. */
    SecurityPin securityPin(RecoveryVaultId id);
}
