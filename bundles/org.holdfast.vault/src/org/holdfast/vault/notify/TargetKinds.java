package org.holdfast.vault.notify;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

import org.holdfast.api.notify.TargetKind;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The kinds of targets of this node: whatever bundles provide. Thread-safe. */
@Component(service = TargetKinds.class)
public final class TargetKinds {
    private static final Logger LOG = LoggerFactory.getLogger(TargetKinds.class);

    private final Map<String, NotificationTarget> kinds = new TreeMap<>();

    /** The kinds that are there when the node starts. */
    @Activate
    public TargetKinds(@Reference(cardinality = ReferenceCardinality.MULTIPLE) List<NotificationTarget> targets) {
        for (NotificationTarget target : targets) {
            if (kinds.putIfAbsent(target.kind(), target) != null) {
                LOG.warn("two bundles provide the kind of target {}; one of them is ignored", target.kind());
            }
        }
    }

    /** All kinds, sorted by name. */
    public List<TargetKind> all() {
        return kinds.values().stream().map(each -> new TargetKind(each.kind(), each.fields()))
                .sorted(Comparator.comparing(TargetKind::kind)).toList();
    }

    /** A kind by name. */
    Optional<NotificationTarget> find(String kind) {
        return Optional.ofNullable(kinds.get(kind));
    }
}
