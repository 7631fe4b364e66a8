package org.holdfast.cli.internal.output;

import java.util.Locale;

import org.holdfast.api.Warning;
import org.holdfast.api.vault.Damage;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.KeySlotInfo;
import org.holdfast.api.vault.PointSummary;
import org.holdfast.api.vault.VaultInfo;

/** The fields of each kind of value in JSON. Fields are added, never renamed; docs/cli.md lists them. */
public final class Shapes {
    private Shapes() {
    }

    /** The fields of a recovery point, inside an object the caller began. */
    public static Json point(Json json, PointSummary point) {
        json.text("id", point.id()).time("time", point.time()).seconds("durationSeconds", point.duration())
                .text("server", point.server()).path("base", point.base()).paths("items", point.items());
        return json.text("state", lower(point.state())).number("files", point.files())
                .number("directories", point.directories()).number("bytes", point.bytes())
                .number("storedBytes", point.storedBytes()).number("warnings", point.warnings())
                .time("keepUntil", point.keepUntil());
    }

    /** The fields of an entry of a recovery point. */
    public static Json entry(Json json, Entry entry) {
        return json.path("path", entry.path()).text("name", entry.name()).text("type", lower(entry.type()))
                .number("size", entry.size()).time("modified", entry.modified())
                .text("mode", Units.octal(entry.mode())).number("uid", entry.uid()).number("gid", entry.gid())
                .text("owner", entry.owner()).text("group", entry.group()).text("linkTarget", entry.linkTarget())
                .text("change", lower(entry.change()));
    }

    /** The fields of a warning. */
    public static Json warning(Json json, Warning warning) {
        return json.path("path", warning.path()).text("problem", warning.problem().name())
                .text("reason", warning.reason());
    }

    /** The fields of a damaged object. */
    public static Json damage(Json json, Damage damage) {
        json.text("object", damage.object()).text("problem", damage.problem().name()).text("detail", damage.detail())
                .texts("points", damage.points()).array("files");
        for (var file : damage.files()) {
            json.object().text("point", file.pointId()).path("path", file.path()).endObject();
        }
        return json.endArray();
    }

    /** The fields of a vault. */
    public static Json vault(Json json, VaultInfo vault) {
        return json.text("id", vault.id()).text("location", vault.location()).time("created", vault.created())
                .number("formatVersion", vault.formatVersion()).texts("features", vault.features())
                .number("points", vault.points()).number("storedBytes", vault.storedBytes());
    }

    /** The fields of a key slot. */
    public static Json slot(Json json, KeySlotInfo slot) {
        return json.text("id", slot.id()).text("kind", slot.kind()).text("label", slot.label())
                .time("created", slot.created()).flag("current", slot.current());
    }

    /** The name of a constant as JSON and people read it: {@code symbolic_link}. */
    public static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
