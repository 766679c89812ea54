package io.tokensync.common.runtime;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.charset.StandardCharsets;

/**
 * Sends datagrams to a socket of the machine, which Java itself has for streams only: {@code socket}, {@code sendto} and
 * {@code close} of the C library, with Linux' numbers. Never waits.
 */
final class UnixDatagramSocket implements AutoCloseable {
    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM_CLOEXEC = 2 | 0x80000;
    private static final int MSG_DONTWAIT_NOSIGNAL = 0x40 | 0x4000;
    private static final int LONGEST_PATH = 107;
    private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(PathElement.groupElement("errno"));
    private static final MemoryLayout ADDRESS = ValueLayout.ADDRESS;
    private static final MethodHandle SOCKET = function("socket", FunctionDescriptor.of(ValueLayout.JAVA_INT,
            ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    private static final MethodHandle SENDTO = function("sendto", FunctionDescriptor.of(ValueLayout.JAVA_LONG,
            ValueLayout.JAVA_INT, ADDRESS, ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT, ADDRESS,
            ValueLayout.JAVA_INT));
    private static final MethodHandle CLOSE = function("close",
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private final int descriptor;
    private final byte[] address;

    private UnixDatagramSocket(int descriptor, byte[] address) {
        this.descriptor = descriptor;
        this.address = address;
    }

    /**
     * A socket that sends there.
     *
     * @param path absolute, or a name that begins with {@code @} for one that is in no directory
     * @throws IllegalArgumentException when it is neither, or too long
     */
    static UnixDatagramSocket to(String path) throws IOException {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if ((!path.startsWith("/") && !path.startsWith("@")) || name.length > LONGEST_PATH) {
            throw new IllegalArgumentException("no address of a socket: " + path);
        }
        boolean inDirectory = name[0] == '/';
        byte[] address = new byte[Short.BYTES + name.length + (inDirectory ? 1 : 0)];
        System.arraycopy(name, 0, address, Short.BYTES, name.length);
        if (!inDirectory) {
            address[Short.BYTES] = 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            int descriptor = (int) SOCKET.invokeExact(state, AF_UNIX, SOCK_DGRAM_CLOEXEC, 0);
            if (descriptor < 0) {
                throw failed("socket", state);
            }
            return new UnixDatagramSocket(descriptor, address);
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    /** @throws IOException when nobody listens there, or too much is waiting */
    void send(byte[] datagram) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CALL_STATE);
            MemorySegment to = arena.allocate(address.length, Short.BYTES);
            MemorySegment.copy(address, 0, to, ValueLayout.JAVA_BYTE, 0, address.length);
            to.set(ValueLayout.JAVA_SHORT, 0, (short) AF_UNIX);
            MemorySegment data = arena.allocateFrom(ValueLayout.JAVA_BYTE, datagram);
            long sent = (long) SENDTO.invokeExact(state, descriptor, data, (long) datagram.length,
                    MSG_DONTWAIT_NOSIGNAL, to, address.length);
            if (sent != datagram.length) {
                throw failed("sendto", state);
            }
        } catch (Throwable e) {
            throw asIo(e);
        }
    }

    @Override
    public void close() {
        try (Arena arena = Arena.ofConfined()) {
            int _ = (int) CLOSE.invokeExact(arena.allocate(CALL_STATE), descriptor);
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static IOException failed(String function, MemorySegment state) {
        return new IOException(function + " has failed with errno " + (int) ERRNO.get(state, 0L));
    }

    /** The types of the calls are right; whatever else they throw is an error of the JVM. */
    private static IOException asIo(Throwable failure) {
        return switch (failure) {
            case IOException e -> e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> new IOException(failure);
        };
    }

    @SuppressWarnings("restricted") // the launcher allows it
    private static MethodHandle function(String name, FunctionDescriptor type) {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type,
                Linker.Option.captureCallState("errno"));
    }
}
