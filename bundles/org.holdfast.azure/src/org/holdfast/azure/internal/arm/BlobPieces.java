package org.holdfast.azure.internal.arm;

import java.util.ArrayList;
import java.util.List;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.azure.AzureWatch;
import org.holdfast.api.azure.PlanStep;
import org.holdfast.api.azure.PlanStep.Difference;
import org.holdfast.api.azure.PlanStep.Kind;
import org.holdfast.api.azure.PlanStep.State;
import org.holdfast.api.azure.VaultRequest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What is in a storage account: versions and soft delete, the end of old versions, the container. */
final class BlobPieces {
    private BlobPieces() {
    }

    private static Az command(String text, VaultRequest request) {
        return Az.of(text).with("subscription", request.subscription()).with("resource-group", request.group());
    }

    private static State state(boolean there, List<Difference> differences) {
        return there ? differences.isEmpty() ? State.THERE : State.DIFFERS : State.TO_MAKE;
    }

    /** Versions, without which no object can be locked, and soft delete, for what somebody deletes by mistake. */
    record Service(ArmClient arm, VaultRequest request) implements Piece {
        private String path() {
            return AccountPiece.path(request) + "/blobServices/default";
        }

        @Override
        public PlanStep look() {
            JsonNode found = arm.find(path(), Versions.STORAGE);
            List<Difference> wrong = new ArrayList<>();
            if (found != null) {
                Bodies.compare(found, "properties/isVersioningEnabled", "true", wrong);
                kept(found, "properties/deleteRetentionPolicy", wrong);
                kept(found, "properties/containerDeleteRetentionPolicy", wrong);
            }
            String days = Integer.toString(request.softDeleteDays());
            State state = state(found != null, wrong);
            return new PlanStep(Kind.BLOB_SERVICE, request.account(), days, state, wrong, state == State.THERE
                    ? List.of()
                    : List.of(command("storage account blob-service-properties update", request)
                            .with("account-name", request.account()).with("enable-versioning", "true")
                            .with("enable-delete-retention", "true").with("delete-retention-days", days)
                            .with("enable-container-delete-retention", "true")
                            .with("container-delete-retention-days", days).line()));
        }

        /** Longer than wanted is no harm. */
        private void kept(JsonNode found, String path, List<Difference> wrong) {
            boolean on = Bodies.at(found, path + "/enabled").asBoolean();
            int days = Bodies.number(found, path + "/days", 0);
            if (!on || days < request.softDeleteDays()) {
                wrong.add(new Difference(path.replace("properties/", ""), on ? days + " days" : "off",
                        request.softDeleteDays() + " days"));
            }
        }

        @Override
        public void make(AzureWatch watch) {
            ObjectNode body = Bodies.object();
            ObjectNode properties = body.putObject("properties").put("isVersioningEnabled", true);
            properties.putObject("deleteRetentionPolicy").put("enabled", true).put("days", request.softDeleteDays());
            properties.putObject("containerDeleteRetentionPolicy").put("enabled", true)
                    .put("days", request.softDeleteDays());
            JsonNode found = arm.find(path(), Versions.STORAGE);
            if (found != null && found.path("properties") instanceof ObjectNode old) {
                // The whole is written, so what others have set goes with it.
                ObjectNode all = old.deepCopy();
                all.setAll(properties);
                body.set("properties", all);
            }
            arm.put(path(), Versions.STORAGE, body, watch);
        }
    }

    /**
     * With versions, a deleted object becomes an old version that nothing ever removes, and that costs as much as
     * before. A rule has to; soft delete keeps what it removes for its own days.
     */
    record Lifecycle(ArmClient arm, VaultRequest request) implements Piece {
        private String path() {
            return AccountPiece.path(request) + "/managementPolicies/default";
        }

        private String name() {
            return "holdfast-" + request.container();
        }

        private ObjectNode rule() {
            ObjectNode rule = Bodies.object().put("enabled", true).put("name", name()).put("type", "Lifecycle");
            ObjectNode definition = rule.putObject("definition");
            definition.putObject("actions").putObject("version").putObject("delete")
                    .put("daysAfterCreationGreaterThan", 1);
            ObjectNode filters = definition.putObject("filters");
            filters.putArray("blobTypes").add("blockBlob");
            filters.putArray("prefixMatch").add(request.container() + "/");
            return rule;
        }

        private static JsonNode rules(@Nullable JsonNode found) {
            return found == null ? Bodies.object().putArray("rules") : Bodies.at(found, "properties/policy/rules");
        }

        private ObjectNode policy(@Nullable JsonNode found) {
            ObjectNode policy = Bodies.object();
            ArrayNode all = policy.putArray("rules");
            rules(found).forEach(each -> {
                if (!Bodies.text(each, "name").equals(name())) {
                    all.add(each);
                }
            });
            all.add(rule());
            return policy;
        }

        @Override
        public PlanStep look() {
            JsonNode found = arm.find(path(), Versions.STORAGE);
            boolean there = false;
            List<Difference> wrong = new ArrayList<>();
            for (JsonNode each : rules(found)) {
                if (Bodies.text(each, "name").equals(name())) {
                    there = true;
                    Bodies.compare(each, "enabled", "true", wrong);
                    Bodies.compare(each, "definition/actions/version/delete/daysAfterCreationGreaterThan", "1", wrong);
                }
            }
            State state = state(there, wrong);
            return new PlanStep(Kind.LIFECYCLE, name(), "", state, wrong, state == State.THERE ? List.of()
                    : List.of(command("storage account management-policy create", request)
                            .with("account-name", request.account()).with("policy", policy(found).toString()).line()));
        }

        @Override
        public void make(AzureWatch watch) {
            ObjectNode body = Bodies.object();
            body.putObject("properties").set("policy", policy(arm.find(path(), Versions.STORAGE)));
            arm.put(path(), Versions.STORAGE, body, watch);
        }
    }

    /** The container; whether its objects can be locked is decided when it is made. */
    record Container(ArmClient arm, VaultRequest request) implements Piece {
        static String path(VaultRequest request) {
            return AccountPiece.path(request) + "/blobServices/default/containers/" + request.container();
        }

        @Override
        public PlanStep look() {
            JsonNode found = arm.find(path(request), Versions.STORAGE);
            String detail = request.immutable() ? "immutableStorageWithVersioning" : "";
            if (found == null) {
                return new PlanStep(Kind.CONTAINER, request.container(), detail, State.TO_MAKE, List.of(),
                        List.of(command("storage container-rm create", request)
                                .with("storage-account", request.account()).with("name", request.container())
                                .with("public-access", "off")
                                .with("enable-vlw", Boolean.toString(request.immutable())).line()));
            }
            boolean lockable = Bodies.at(found, "properties/immutableStorageWithVersioning/enabled").asBoolean();
            if (request.immutable() && !lockable) {
                return new PlanStep(Kind.CONTAINER, request.container(), detail, State.BLOCKED,
                        List.of(new Difference("immutableStorageWithVersioning", "off", "on")), List.of());
            }
            List<Difference> wrong = new ArrayList<>();
            String open = Bodies.text(found, "properties/publicAccess");
            if (!open.isEmpty() && !open.equals("None")) {
                wrong.add(new Difference("publicAccess", open, "None"));
            }
            return new PlanStep(Kind.CONTAINER, request.container(), detail, state(true, wrong), wrong,
                    wrong.isEmpty() ? List.of()
                            : List.of(command("storage container-rm update", request)
                                    .with("storage-account", request.account()).with("name", request.container())
                                    .with("public-access", "off").line()));
        }

        @Override
        public void make(AzureWatch watch) {
            ObjectNode body = Bodies.object();
            ObjectNode properties = body.putObject("properties").put("publicAccess", "None");
            if (arm.find(path(request), Versions.STORAGE) != null) {
                arm.patch(path(request), Versions.STORAGE, body, watch);
                return;
            }
            if (request.immutable()) {
                properties.putObject("immutableStorageWithVersioning").put("enabled", true);
            }
            arm.put(path(request), Versions.STORAGE, body, watch);
        }
    }
}
