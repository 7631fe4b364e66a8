package org.holdfast.console.azure.internal;

import org.eclipse.osgi.util.NLS;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.console.ui.Icon;

/** Steps of a plan in words. */
final class PlanWords {
    private PlanWords() {
    }

    static String state(PlanStep step) {
        return switch (step.state()) {
            case THERE -> Messages.state_there;
            case TO_MAKE -> Messages.state_toMake;
            case DIFFERS -> Messages.state_differs;
            case BLOCKED -> Messages.state_blocked;
        };
    }

    static Icon icon(PlanStep step) {
        return switch (step.state()) {
            case THERE -> Icon.COMPLETED;
            case TO_MAKE -> Icon.NEW;
            case DIFFERS -> Icon.CHANGED;
            case BLOCKED -> Icon.ERROR;
        };
    }

    static String kind(PlanStep step) {
        return switch (step.kind()) {
            case PROVIDER -> Messages.kind_provider;
            case GROUP -> Messages.kind_group;
            case ACCOUNT -> Messages.kind_account;
            case BLOB_SERVICE -> Messages.kind_blobService;
            case LIFECYCLE -> Messages.kind_lifecycle;
            case CONTAINER -> Messages.kind_container;
            case KEY_VAULT -> Messages.kind_keyVault;
            case ROLE -> Messages.kind_role;
        };
    }

    static String detail(PlanStep step) {
        if (step.differences().isEmpty()) {
            return step.kind() == PlanStep.Kind.BLOB_SERVICE ? NLS.bind(Messages.plan_days, step.detail())
                    : step.detail();
        }
        return String.join(", ", step.differences().stream()
                .map(d -> NLS.bind(Messages.plan_difference, new Object[] { d.setting(), d.is(), d.wanted() }))
                .toList());
    }
}
