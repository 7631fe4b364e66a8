package org.holdfast.azure.resources;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.HoldfastException;
import org.holdfast.api.Problem;
import org.holdfast.api.azure.AzureGroup;
import org.holdfast.api.azure.AzureManagement;
import org.holdfast.api.azure.AzureRegion;
import org.holdfast.api.azure.AzureSubscription;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.MarsItem;
import org.holdfast.api.azure.MarsJob;
import org.holdfast.api.azure.MarsServer;
import org.holdfast.api.azure.NameAnswer;
import org.holdfast.api.azure.RecoveryCredentials;
import org.holdfast.api.azure.RecoveryVault;
import org.holdfast.api.azure.RecoveryVaultId;
import org.holdfast.api.azure.RecoveryVaultRequest;
import org.holdfast.api.azure.SecurityPin;
import org.holdfast.api.azure.VaultPlan;
import org.holdfast.api.azure.VaultRequest;
import org.holdfast.azure.AzureAccess;
import org.holdfast.azure.AzureSettings;
import org.holdfast.azure.CredentialKind;
import org.holdfast.azure.internal.arm.ArmClient;
import org.holdfast.azure.internal.arm.Inventory;
import org.holdfast.azure.internal.arm.Mars;
import org.holdfast.azure.internal.arm.MarsCredentials;
import org.holdfast.azure.internal.arm.RecoveryVaults;
import org.holdfast.azure.internal.arm.VaultPlanner;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/**
 * Azure Resource Manager with the identity that the environment names ({@link AzureSettings}). Nothing of the Azure SDK
 * is loaded before the first question. Thread-safe.
 */
@Component(service = AzureManagement.class)
public final class AzureResources implements AzureManagement {
    private final Clock clock;
    private final Map<String, String> variables;
    private @Nullable ArmClient client;

    /** With the environment and the clock of this process. */
    @Activate
    public AzureResources() {
        this(Clock.systemUTC(), System.getenv());
    }

    /**
     * Puts it together by hand.
     *
     * @param clock for tokens and files
     * @param variables in the place of those of the environment
     */
    public AzureResources(Clock clock, Map<String, String> variables) {
        this.clock = clock;
        this.variables = Map.copyOf(variables);
    }

    private synchronized ArmClient arm() {
        ArmClient known = client;
        if (known == null) {
            try {
                AzureSettings settings = AzureSettings.of(variables);
                if (settings.kind() == CredentialKind.DEVELOPMENT_KEY) {
                    throw new IllegalArgumentException("The key of an emulator opens no subscription.");
                }
                known = new ArmClient(new AzureAccess(settings), clock);
            } catch (IllegalArgumentException | IOException e) {
                throw new HoldfastException(Problem.INVALID_REQUEST, String.valueOf(e.getMessage()),
                        "docs/azure.md lists the variables that say who the program is.", e);
            }
            client = known;
        }
        return known;
    }

    @Override
    public String identity() {
        try {
            return AzureSettings.of(variables).explain();
        } catch (IllegalArgumentException e) {
            throw new HoldfastException(Problem.INVALID_REQUEST, String.valueOf(e.getMessage()),
                    "docs/azure.md lists the variables that say who the program is.", e);
        }
    }

    @Override
    public List<AzureSubscription> subscriptions() {
        return new Inventory(arm()).subscriptions().stream()
                .sorted(Comparator.comparing(s -> s.name().toLowerCase(Locale.ROOT))).toList();
    }

    @Override
    public List<AzureGroup> groups(String subscription) {
        return new Inventory(arm()).groups(subscription);
    }

    @Override
    public List<AzureRegion> regions(String subscription) {
        return new Inventory(arm()).regions(subscription);
    }

    @Override
    public NameAnswer checkAccountName(String subscription, String name) {
        return new Inventory(arm()).check(subscription, name);
    }

    @Override
    public VaultPlan plan(VaultRequest request, AzureWatch watch) {
        return new VaultPlanner(arm(), request).plan(watch);
    }

    @Override
    public VaultPlan apply(VaultRequest request, AzureWatch watch) {
        return new VaultPlanner(arm(), request).apply(watch);
    }

    @Override
    public List<RecoveryVault> recoveryVaults(String subscription) {
        return new RecoveryVaults(arm()).list(subscription);
    }

    @Override
    public RecoveryVault recoveryVault(RecoveryVaultId id) {
        return new RecoveryVaults(arm()).show(id);
    }

    @Override
    public RecoveryVault create(RecoveryVaultRequest request, AzureWatch watch) {
        return new RecoveryVaults(arm()).create(request, watch);
    }

    @Override
    public List<MarsServer> servers(RecoveryVaultId id) {
        return new Mars(arm()).servers(id);
    }

    @Override
    public List<MarsItem> items(RecoveryVaultId id) {
        return new Mars(arm()).items(id);
    }

    @Override
    public List<MarsJob> jobs(RecoveryVaultId id, Duration back) {
        return new Mars(arm()).jobs(id, back);
    }

    @Override
    public RecoveryCredentials credentials(RecoveryVaultId id) {
        return new MarsCredentials(arm()).make(id);
    }

    @Override
    public SecurityPin securityPin(RecoveryVaultId id) {
        return new Mars(arm()).pin(id);
    }
}
