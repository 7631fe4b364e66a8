package org.holdfast.notify.internal;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;

import javax.net.ssl.SSLSocketFactory;

/** Makes connections with TLS that end with a deadline. */
public final class WatchedTlsSockets extends SSLSocketFactory {
    private final SSLSocketFactory sockets;
    private final Deadline deadline;

    /** Connections of a deadline, made by another factory. */
    public WatchedTlsSockets(SSLSocketFactory sockets, Deadline deadline) {
        this.sockets = sockets;
        this.deadline = deadline;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return sockets.getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return sockets.getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return deadline.watch(sockets.createSocket());
    }

    @Override
    public Socket createSocket(Socket inner, String host, int port, boolean autoClose) throws IOException {
        return deadline.watch(sockets.createSocket(inner, host, port, autoClose));
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return deadline.watch(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return deadline.watch(sockets.createSocket(host, port, local, localPort));
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return deadline.watch(sockets.createSocket(host, port));
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return deadline.watch(sockets.createSocket(host, port, local, localPort));
    }
}
