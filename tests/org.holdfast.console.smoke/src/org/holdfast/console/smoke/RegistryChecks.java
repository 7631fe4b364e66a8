package org.holdfast.console.smoke;

import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import org.eclipse.core.runtime.CoreException;
import org.eclipse.core.runtime.FileLocator;
import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.Platform;
import org.holdfast.console.smoke.Report.Findings;

/** What our bundles write into their plugin.xml is there, is handled, and can be made. */
final class RegistryChecks {
    private static final String OURS = "org.holdfast.console.";
    private static final Set<String> CLASSES = Set.of("class", "provider", "handler", "defaultHandler");
    private static final Set<String> TEXTS = Set.of("name", "label", "tooltip", "description");

    private final IExtensionRegistry registry = Platform.getExtensionRegistry();

    private Stream<IConfigurationElement> all(String point) {
        return Stream.of(registry.getConfigurationElementsFor(point));
    }

    private Stream<IConfigurationElement> ours(String point) {
        return all(point).filter(e -> e.getContributor().getName().startsWith(OURS));
    }

    private Stream<IConfigurationElement> tree(IConfigurationElement element) {
        return Stream.concat(Stream.of(element), Stream.of(element.getChildren()).flatMap(this::tree));
    }

    private List<IConfigurationElement> everything() {
        return Stream.of(registry.getExtensionPoints()).flatMap(p -> ours(p.getUniqueIdentifier()))
                .flatMap(this::tree).toList();
    }

    private Set<String> commands() {
        var ids = new HashSet<String>();
        all("org.eclipse.ui.commands").filter(e -> e.getName().equals("command"))
                .forEach(e -> ids.add(e.getAttribute("id")));
        return ids;
    }

    /** Commands of ours have a handler, a name and a category; their handlers can be made. */
    int commandsAreHandled(Findings findings) {
        var handled = new HashSet<String>();
        all("org.eclipse.ui.handlers").forEach(e -> handled.add(e.getAttribute("commandId")));
        var commands = ours("org.eclipse.ui.commands").filter(e -> e.getName().equals("command")).toList();
        for (IConfigurationElement command : commands) {
            String id = command.getAttribute("id");
            if (!handled.contains(id) && command.getAttribute("defaultHandler") == null) {
                findings.add(id + " has no handler");
            }
            if (command.getAttribute("categoryId") == null) {
                findings.add(id + " has no category");
            }
        }
        ours("org.eclipse.ui.handlers").forEach(e -> {
            try {
                e.createExecutableExtension("class");
            } catch (CoreException x) {
                findings.add(e.getAttribute("class") + " cannot be made: " + x.getMessage());
            }
        });
        return commands.size();
    }

    /** Commands and views that menus, keys, handlers and perspectives name exist. */
    int idsExist(Findings findings) {
        Set<String> commands = commands();
        var views = new HashSet<String>();
        all("org.eclipse.ui.views").forEach(e -> views.add(e.getAttribute("id")));
        int seen = 0;
        for (IConfigurationElement element : everything()) {
            String command = element.getAttribute("commandId");
            if (command != null) {
                seen++;
                if (!commands.contains(command)) {
                    findings.add(where(element) + " names the command " + command);
                }
            }
            boolean view = element.getName().equals("view")
                    && element.getDeclaringExtension().getExtensionPointUniqueIdentifier()
                            .equals("org.eclipse.ui.perspectiveExtensions");
            String shown = "org.eclipse.ui.views.showView.viewId".equals(element.getAttribute("name"))
                    ? element.getAttribute("value")
                    : view ? element.getAttribute("id") : null;
            if (shown != null) {
                seen++;
                if (!views.contains(shown) && !shown.endsWith("*")) {
                    findings.add(where(element) + " names the view " + shown);
                }
            }
        }
        return seen;
    }

    /** Every class that is named can be loaded. */
    int classesLoad(Findings findings) {
        int seen = 0;
        for (IConfigurationElement element : everything()) {
            for (String attribute : CLASSES) {
                String name = element.getAttribute(attribute);
                if (name != null && name.startsWith(OURS)) {
                    seen++;
                    try {
                        Platform.getBundle(element.getContributor().getName()).loadClass(name.split(":")[0]);
                    } catch (ClassNotFoundException e) {
                        findings.add(where(element) + " names the class " + name);
                    }
                }
            }
        }
        return seen;
    }

    /** Every picture that is named is there; views and perspectives name one. */
    int iconsExist(Findings findings) throws Exception {
        int seen = 0;
        for (IConfigurationElement element : everything()) {
            String icon = element.getAttribute("icon");
            if (icon != null && icon.startsWith("platform:/plugin/")) {
                seen++;
                if (FileLocator.find(URI.create(icon).toURL()) == null) {
                    findings.add(where(element) + " names the picture " + icon);
                }
            }
            boolean needed = Set.of("view", "e4view", "perspective").contains(element.getName())
                    && !element.getDeclaringExtension().getExtensionPointUniqueIdentifier()
                            .equals("org.eclipse.ui.perspectiveExtensions");
            if (needed && icon == null) {
                findings.add(where(element) + " has no picture");
            }
        }
        return seen;
    }

    /** No text that people see was left as a key or empty. */
    int textsAreThere(Findings findings) {
        int seen = 0;
        for (IConfigurationElement element : everything()) {
            for (String attribute : TEXTS) {
                String text = element.getAttribute(attribute);
                if (text != null) {
                    seen++;
                    if (text.isBlank() || text.startsWith("%")) {
                        findings.add(where(element) + " has the " + attribute + " '" + text + "'");
                    }
                }
            }
        }
        return seen;
    }

    private static String where(IConfigurationElement element) {
        String id = element.getAttribute("id");
        return element.getContributor().getName() + "/" + element.getName() + (id == null ? "" : " " + id);
    }
}
