package org.holdfast.store.directory.internal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.eclipse.jdt.annotation.Nullable;

/**
 * Keeps the files that were read last open, at most a fixed number of them plus those in use. A file that is evicted,
 * dropped or left over at the end is closed by its last user, so a reader never finds its channel closed under it.
 */
final class OpenFiles implements AutoCloseable {
    /** An open file. Closing it gives it back. */
    final class Lease implements AutoCloseable {
        private final FileChannel channel;
        private int users = 1;
        private boolean cached = true;

        Lease(FileChannel channel) {
            this.channel = channel;
        }

        FileChannel channel() {
            return channel;
        }

        @Override
        public void close() throws IOException {
            boolean last;
            synchronized (files) {
                users--;
                last = users == 0 && !cached;
            }
            if (last) {
                channel.close();
            }
        }
    }

    private final Map<String, Lease> files = new LinkedHashMap<>(16, 0.75f, true);
    private final int limit;
    private boolean closed;
    // Counts what was dropped: a file opened before and put in after would come back from the dead.
    private long drops;

    OpenFiles(int limit) {
        this.limit = limit;
    }

    Lease open(String name, Path file) throws IOException {
        long before;
        synchronized (files) {
            before = drops;
            Lease lease = files.get(name);
            if (lease != null) {
                lease.users++;
                return lease;
            }
        }
        Lease mine = new Lease(FileChannel.open(file, StandardOpenOption.READ));
        List<Lease> unused = new ArrayList<>();
        Lease result = mine;
        synchronized (files) {
            Lease other = files.get(name);
            if (other != null) {
                other.users++;
                result = other;
                unused.add(mine);
            } else if (closed || drops != before) {
                mine.cached = false;
            } else {
                files.put(name, mine);
                if (files.size() > limit) {
                    uncache(files.keySet().iterator().next(), unused);
                }
            }
        }
        closeAll(unused);
        return result;
    }

    /** Forgets a file, because it was deleted or because its channel is broken. */
    void drop(String name) throws IOException {
        List<Lease> unused = new ArrayList<>();
        synchronized (files) {
            drops++;
            uncache(name, unused);
        }
        closeAll(unused);
    }

    /** Forgets a file only when it is still this one. */
    void drop(String name, Lease broken) throws IOException {
        List<Lease> unused = new ArrayList<>();
        synchronized (files) {
            if (files.get(name) == broken) {
                uncache(name, unused);
            }
        }
        closeAll(unused);
    }

    @Override
    public void close() throws IOException {
        List<Lease> unused = new ArrayList<>();
        synchronized (files) {
            closed = true;
            for (String name : List.copyOf(files.keySet())) {
                uncache(name, unused);
            }
        }
        closeAll(unused);
    }

    private void uncache(String name, List<Lease> unused) {
        @Nullable Lease lease = files.remove(name);
        if (lease != null) {
            lease.cached = false;
            if (lease.users == 0) {
                unused.add(lease);
            }
        }
    }

    private static void closeAll(List<Lease> leases) throws IOException {
        for (Lease lease : leases) {
            lease.channel.close();
        }
    }
}
