package org.holdfast.notify.internal;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Closes connections that are open when the time is over: with a peer that is slow enough no timeout of reads ends. */
public final class Deadline implements AutoCloseable {
    private final List<Socket> sockets = new ArrayList<>();
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile boolean over;

    /** Begins to run. */
    public Deadline(Duration patience) {
        Thread.ofVirtual().name("notify-deadline").start(() -> {
            try {
                if (!done.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                    end();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Takes care of a connection. */
    <S extends Socket> S watch(S socket) throws IOException {
        synchronized (sockets) {
            if (over) {
                socket.close();
            }
            sockets.add(socket);
        }
        return socket;
    }

    /** Whether the time is over. */
    public boolean isOver() {
        return over;
    }

    private void end() {
        synchronized (sockets) {
            over = true;
            for (Socket socket : sockets) {
                try {
                    socket.close();
                } catch (IOException e) {
                    // It was on its way to be closed.
                    continue;
                }
            }
        }
    }

    @Override
    public void close() {
        done.countDown();
    }
}
