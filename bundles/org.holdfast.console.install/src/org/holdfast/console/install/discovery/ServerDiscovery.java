package org.holdfast.console.install.discovery;

import java.io.IOException;
import java.util.List;

/**
 * Finds hosts that could be registered, for example in a directory service or an inventory. Made by injection when
 * somebody picks hosts: a constructor with {@code jakarta.inject.Inject} may ask for services of OSGi and of the
 * workbench, a public one without parameters does as well.
 */
public interface ServerDiscovery {
    /**
     * Looks. Called on a background thread, so it may wait; what takes longer than a minute is not waited for.
     *
     * @return hosts, those that are protected already too: the console knows them
     * @throws IOException when it cannot look; its message is shown
     */
    List<FoundHost> find() throws IOException;
}
