package io.tokensync.common.runtime;

/** The JVM's shutdown hooks as a dependency, so that tests can end a service without ending themselves. */
public interface ShutdownHooks {
    /** Has this thread started when the JVM is asked to end. */
    void add(Thread hook);

    /** Forgets the thread; does nothing when the JVM is ending already. */
    void remove(Thread hook);

    /** The real ones. */
    static ShutdownHooks system() {
        return new ShutdownHooks() {
            @Override
            public void add(Thread hook) {
                Runtime.getRuntime().addShutdownHook(hook);
            }

            @Override
            public void remove(Thread hook) {
                try {
                    Runtime.getRuntime().removeShutdownHook(hook);
                } catch (IllegalStateException _) {
                    // The JVM is ending: the hook is running and ends by itself.
                }
            }
        };
    }
}
