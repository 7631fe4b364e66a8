package org.holdfast.azure.internal.arm;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

import org.holdfast.api.azure.AzureGroup;
import org.holdfast.api.azure.AzureRegion;
import org.holdfast.api.azure.AzureSubscription;
import org.holdfast.api.azure.NameAnswer;

/** What there is to choose from. */
public final class Inventory {
    private final ArmClient arm;

    /** Asks nothing yet. */
    public Inventory(ArmClient arm) {
        this.arm = arm;
    }

    /** The subscriptions that this identity sees. */
    public List<AzureSubscription> subscriptions() {
        return arm.list("/subscriptions", Versions.SUBSCRIPTIONS, "").stream()
                .map(found -> new AzureSubscription(Bodies.text(found, "subscriptionId"),
                        Bodies.text(found, "displayName"), Bodies.text(found, "tenantId"), Bodies.text(found, "state")))
                .toList();
    }

    /** The resource groups of a subscription. */
    public List<AzureGroup> groups(String subscription) {
        return arm.list("/subscriptions/" + subscription + "/resourcegroups", Versions.RESOURCES, "").stream()
                .map(found -> new AzureGroup(Bodies.text(found, "name"), Bodies.text(found, "location")))
                .sorted(Comparator.comparing(g -> g.name().toLowerCase(Locale.ROOT))).toList();
    }

    /** Its physical regions, the recommended ones first. */
    public List<AzureRegion> regions(String subscription) {
        return arm.list("/subscriptions/" + subscription + "/locations", Versions.SUBSCRIPTIONS, "").stream()
                .filter(found -> !Bodies.text(found, "metadata/regionType").equals("Logical"))
                .map(found -> new AzureRegion(Bodies.text(found, "name"), Bodies.text(found, "displayName"),
                        Bodies.text(found, "metadata/pairedRegion/0/name"),
                        Bodies.text(found, "metadata/regionCategory").equals("Recommended")))
                .sorted(Comparator.comparing((AzureRegion r) -> !r.recommended()).thenComparing(AzureRegion::title))
                .toList();
    }

    /** Whether a storage account could be called so. */
    public NameAnswer check(String subscription, String name) {
        return AccountPiece.check(arm, subscription, name);
    }
}
