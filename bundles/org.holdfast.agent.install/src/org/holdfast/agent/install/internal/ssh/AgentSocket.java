package org.holdfast.agent.install.internal.ssh;

import java.io.EOFException;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;

import org.apache.sshd.agent.SshAgent;
import org.apache.sshd.agent.SshAgentFactory;
import org.apache.sshd.agent.SshAgentServer;
import org.apache.sshd.agent.common.AbstractAgentProxy;
import org.apache.sshd.common.FactoryManager;
import org.apache.sshd.common.channel.ChannelFactory;
import org.apache.sshd.common.session.ConnectionService;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * An SSH agent behind its Unix socket (draft-miller-ssh-agent): the JDK's own sockets, no native library. The agent
 * signs here; it is never forwarded to a host.
 */
final class AgentSocket extends AbstractAgentProxy {
    private static final int MAX_ANSWER = 1 << 20;

    private final SocketChannel socket;

    private AgentSocket(Path path) throws IOException {
        super(null);
        socket = SocketChannel.open(UnixDomainSocketAddress.of(path));
    }

    /** Connects to the agent of a socket whenever a session wants its keys. */
    static SshAgentFactory factory(Path path) {
        return new SshAgentFactory() {
            @Override
            public List<ChannelFactory> getChannelForwardingFactories(FactoryManager manager) {
                return List.of();
            }

            @Override
            public SshAgent createClient(Session session, FactoryManager manager) throws IOException {
                return new AgentSocket(path);
            }

            @Override
            public SshAgentServer createServer(ConnectionService service) throws IOException {
                throw new IOException("agents are not forwarded");
            }
        };
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    protected synchronized Buffer request(Buffer buffer) throws IOException {
        ByteBuffer out = ByteBuffer.wrap(buffer.array(), buffer.rpos(), buffer.available());
        while (out.hasRemaining()) {
            socket.write(out);
        }
        int length = fill(ByteBuffer.allocate(Integer.BYTES)).getInt();
        if (length < 1 || length > MAX_ANSWER) {
            throw new IOException("the SSH agent gives an answer that is none");
        }
        return new ByteArrayBuffer(fill(ByteBuffer.allocate(length)).array());
    }

    private ByteBuffer fill(ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            if (socket.read(in) < 0) {
                throw new EOFException("the SSH agent has gone");
            }
        }
        return in.flip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
        super.close();
    }
}
