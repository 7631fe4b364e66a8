package org.holdfast.vault.nodes;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.vault.catalog.Catalog;
import org.holdfast.vault.catalog.nodes.Hotline;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What nodes tell each other: that something of a kind has changed, never what. Told after the transaction it stems
 * from, without waiting; what is told meanwhile goes together. Nothing is kept for a node that does not listen: it is
 * told of the gap and looks at everything. With the embedded catalogue there is nobody to tell. Thread-safe.
 */
@Component(service = Notices.class)
public final class Notices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Notices.class);
    private static final Duration SILENCE = Duration.ofSeconds(1);
    private static final int MOST = 500;

    private final Catalog catalog;
    private final UUID node;
    private final boolean shared;
    private final LinkedBlockingQueue<Notice> outgoing = new LinkedBlockingQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable Thread sender;
    private volatile @Nullable Thread receiver;

    /** Who is told what others tell. */
    public interface Listener {
        /** Things of a kind have changed. */
        void changed(String kind, Set<String> keys);

        /** Something may have been missed. */
        void missed();
    }

    private record Notice(String kind, String key) {
    }

    /** Among the nodes of a catalogue. */
    @Activate
    public Notices(@Reference Catalog catalog, @Reference ThisNode self) {
        this.catalog = catalog;
        node = self.id();
        shared = self.isShared();
    }

    /** Begins; called once. */
    public void listen(Listener listener) {
        if (shared) {
            sender = Thread.ofPlatform().daemon().name("notices-out").start(this::send);
            receiver = Thread.ofPlatform().daemon().name("notices-in").start(() -> receive(listener));
        }
    }

    /**
     * Tells the other nodes.
     *
     * @param kind a word
     * @param key what has changed, one line
     */
    public void tell(String kind, String key) {
        if (shared && closed.getCount() > 0) {
            outgoing.add(new Notice(kind, key));
        }
    }

    private void send() {
        var batch = new ArrayList<Notice>();
        try {
            while (closed.getCount() > 0 || !outgoing.isEmpty()) {
                Notice first = outgoing.poll(1, TimeUnit.SECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                outgoing.drainTo(batch, MOST);
                try {
                    List<String> texts = texts(new LinkedHashSet<>(batch));
                    catalog.run(handle -> texts.forEach(text -> Hotline.tell(handle, text)));
                } catch (RuntimeException e) {
                    LOG.warn("the other nodes could not be told; they look again within half a minute", e);
                }
                batch.clear();
            }
        } catch (InterruptedException e) {
            LOG.debug("nothing is told any more", e);
        }
    }

    private List<String> texts(Set<Notice> notices) {
        var texts = new ArrayList<String>();
        var text = new StringBuilder(node.toString());
        int bytes = text.length();
        for (Notice each : notices) {
            String line = "\n" + each.kind() + " " + each.key();
            int more = line.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > Hotline.LONGEST) {
                texts.add(text.toString());
                text.setLength(node.toString().length());
                bytes = text.length();
            }
            text.append(line);
            bytes += more;
        }
        texts.add(text.toString());
        return texts;
    }

    private void receive(Listener listener) {
        while (closed.getCount() > 0) {
            try (var line = new Hotline(catalog)) {
                safely(listener::missed);
                while (closed.getCount() > 0) {
                    take(line.hear(SILENCE), listener);
                }
            } catch (SQLException | RuntimeException e) {
                if (closed.getCount() > 0) {
                    LOG.warn("the connection to hear other nodes is lost: {}", e.getMessage());
                }
                try {
                    if (closed.await(1, TimeUnit.SECONDS)) {
                        return;
                    }
                } catch (InterruptedException interrupted) {
                    return;
                }
            }
        }
    }

    private void take(List<String> texts, Listener listener) {
        Map<String, Set<String>> changed = new LinkedHashMap<>();
        for (String text : texts) {
            String[] lines = text.split("\n");
            if (lines[0].equals(node.toString())) {
                continue;
            }
            for (int i = 1; i < lines.length; i++) {
                int space = lines[i].indexOf(' ');
                if (space > 0) {
                    changed.computeIfAbsent(lines[i].substring(0, space), key -> new LinkedHashSet<>())
                            .add(lines[i].substring(space + 1));
                }
            }
        }
        changed.forEach((kind, keys) -> safely(() -> listener.changed(kind, keys)));
    }

    private static void safely(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.warn("what another node told could not be taken in; everything is looked at within half a minute", e);
        }
    }

    /** Tells what is left, and hears nothing any more. */
    @Deactivate
    @Override
    public void close() {
        closed.countDown();
        Thread hearing = receiver;
        Thread telling = sender;
        try {
            if (telling != null) {
                telling.join(TimeUnit.SECONDS.toMillis(5));
            }
            if (hearing != null) {
                hearing.join(SILENCE.toMillis() + TimeUnit.SECONDS.toMillis(2));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
