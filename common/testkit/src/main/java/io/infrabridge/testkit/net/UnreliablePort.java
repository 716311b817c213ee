package io.infrabridge.testkit.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A port of the loopback interface that leads to another one, until it is told to go away: it then refuses
 * connections, hangs up, or says nothing.
 */
public final class UnreliablePort implements AutoCloseable {
    private static final int BUFFER = 16 * 1024;

    private final int to;
    private final int port;
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    private final Object flow = new Object();
    private ServerSocket listener;
    private boolean silent;
    private volatile boolean hangingUp;

    private UnreliablePort(int to) throws IOException {
        this.to = to;
        listener = listen(0);
        port = listener.getLocalPort();
    }

    public static UnreliablePort leadingTo(int port) {
        try {
            return new UnreliablePort(port);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return port;
    }

    /** How many connections were ever taken. */
    public int connections() {
        return connections.get();
    }

    /** Takes connections and bytes, and passes nothing on, in either direction. */
    public void fallSilent() {
        synchronized (flow) {
            silent = true;
        }
    }

    /** Takes connections, so that they are counted, and closes them at once. */
    public void hangUp() throws IOException {
        hangingUp = true;
        cut();
    }

    /** What was held back is passed on now. */
    public void speakAgain() {
        hangingUp = false;
        synchronized (flow) {
            silent = false;
            flow.notifyAll();
        }
    }

    /** Cuts every connection and refuses new ones. */
    public void refuse() throws IOException {
        listener.close();
        cut();
    }

    public void listenAgain() throws IOException {
        listener = listen(port);
    }

    @Override
    public void close() throws IOException {
        refuse();
        speakAgain();
    }

    private ServerSocket listen(int wanted) throws IOException {
        ServerSocket socket = new ServerSocket();
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 200);
        run("accept " + socket.getLocalPort(), () -> accept(socket));
        return socket;
    }

    private void accept(ServerSocket from) throws IOException {
        while (true) {
            Socket near = from.accept();
            connections.incrementAndGet();
            if (hangingUp) {
                near.close();
                continue;
            }
            open.add(near);
            run("connect " + to, () -> relay(near));
        }
    }

    private void relay(Socket near) throws IOException {
        awaitFlow();
        Socket far = new Socket(InetAddress.getLoopbackAddress(), to);
        open.add(far);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        run("back " + port, () -> copy(far, near));
        copy(near, far);
    }

    private void copy(Socket from, Socket into) throws IOException {
        byte[] bytes = new byte[BUFFER];
        try (from;
                into) {
            InputStream in = from.getInputStream();
            for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
                awaitFlow();
                into.getOutputStream().write(bytes, 0, read);
            }
        } finally {
            open.remove(from);
            open.remove(into);
        }
    }

    private void awaitFlow() {
        synchronized (flow) {
            while (silent) {
                try {
                    flow.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    private void cut() throws IOException {
        for (Closeable each : open) {
            each.close();
        }
        open.clear();
    }

    private static void run(String name, Task task) {
        Thread thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } catch (SocketException cut) {
                        // as is wanted of it
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Task {
        void run() throws IOException;
    }
}
