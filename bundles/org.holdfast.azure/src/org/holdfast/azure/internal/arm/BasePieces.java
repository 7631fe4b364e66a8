package org.holdfast.azure.internal.arm;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.Difference;
import org.holdfast.api.azure.PlanStep.Kind;
import org.holdfast.api.azure.PlanStep.State;
import org.holdfast.api.azure.VaultRequest;

import com.fasterxml.jackson.databind.JsonNode;

/** What everything else is made in: services that a subscription may use, and the resource group. */
final class BasePieces {
    private static final Duration REGISTERING = Duration.ofSeconds(5);
    private static final int LOOKS = 60;

    private BasePieces() {
    }

    /** A subscription may use a service only when its provider is registered; new subscriptions have none. */
    record Provider(ArmClient arm, VaultRequest request, String name) implements Piece {
        private String path() {
            return "/subscriptions/" + request.subscription() + "/providers/" + name;
        }

        private String state() {
            JsonNode found = arm.find(path(), Versions.PROVIDERS);
            return found == null ? "" : Bodies.text(found, "registrationState");
        }

        @Override
        public PlanStep look() {
            boolean there = state().equals("Registered");
            return new PlanStep(Kind.PROVIDER, name, "", there ? State.THERE : State.TO_MAKE, List.of(),
                    there ? List.of()
                            : List.of(Az.of("provider register").with("subscription", request.subscription())
                                    .with("namespace", name).line() + " --wait"));
        }

        @Override
        public void make(AzureWatch watch) {
            arm.post(path() + "/register", Versions.PROVIDERS, null, watch);
            for (int i = 0; i < LOOKS && !state().equals("Registered"); i++) {
                Pause.of(watch, "registration of " + name, REGISTERING);
            }
        }
    }

    /** The resource group. */
    record Group(ArmClient arm, VaultRequest request) implements Piece {
        private String path() {
            return "/subscriptions/" + request.subscription() + "/resourcegroups/" + request.group();
        }

        @Override
        public PlanStep look() {
            JsonNode found = arm.find(path(), Versions.RESOURCES);
            if (found == null) {
                return new PlanStep(Kind.GROUP, request.group(), request.region(), State.TO_MAKE, List.of(),
                        List.of(Az.of("group create").with("subscription", request.subscription())
                                .with("name", request.group()).with("location", request.region()).line()));
            }
            // A group may be elsewhere than what is in it; only one that is going away is of no use.
            List<Difference> wrong = new ArrayList<>();
            if (Bodies.text(found, "properties/provisioningState").equals("Deleting")) {
                wrong.add(new Difference("provisioningState", "Deleting", "Succeeded"));
            }
            return new PlanStep(Kind.GROUP, request.group(), Bodies.text(found, "location"),
                    wrong.isEmpty() ? State.THERE : State.BLOCKED, wrong, List.of());
        }

        @Override
        public void make(AzureWatch watch) {
            arm.put(path(), Versions.RESOURCES, Bodies.object().put("location", request.region()), watch);
        }
    }
}
