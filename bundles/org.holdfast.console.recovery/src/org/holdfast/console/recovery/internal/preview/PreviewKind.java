package org.holdfast.console.recovery.internal.preview;

import java.nio.file.FileSystems;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.PatternSyntaxException;

import org.eclipse.core.runtime.IConfigurationElement;
import org.eclipse.core.runtime.IExtensionRegistry;
import org.eclipse.core.runtime.ILog;
import org.eclipse.core.runtime.Platform;
import org.eclipse.e4.core.contexts.ContextInjectionFactory;
import org.eclipse.e4.core.contexts.IEclipseContext;
import org.holdfast.api.vault.Entry;
import org.holdfast.api.vault.OpenVault;
import org.holdfast.console.recovery.preview.RestorePreview;

/** A preview that can be made, of the console or of a plug-in. */
public final class PreviewKind {
    /** Id of the extension point. */
    public static final String POINT = "org.holdfast.console.recovery.restorePreview";

    /** Bytes that a preview gets when it does not say otherwise. */
    static final int BYTES = 64 << 10;

    private static final int LAST = 1000;

    private final String id;
    private final String bundle;
    private final int order;
    private final int bytes;
    private final boolean whole;
    private final List<PathMatcher> patterns;
    private final Maker maker;

    /** Makes a preview. */
    @FunctionalInterface
    public interface Maker {
        /** Makes an object. */
        RestorePreview<?> make() throws ReflectiveOperationException;
    }

    /** Makes an object of a class of a bundle. */
    @FunctionalInterface
    public interface ClassMaker {
        /** Makes it. */
        RestorePreview<?> make(String bundle, String className) throws ReflectiveOperationException;
    }

    private PreviewKind(String id, String bundle, int order, int bytes, boolean whole, String patterns,
            Maker maker) {
        this.id = id;
        this.bundle = bundle;
        this.order = order;
        this.bytes = Math.clamp(bytes, 1, OpenVault.READ_MAX);
        this.whole = whole;
        this.patterns = matchers(patterns);
        this.maker = maker;
    }

    private static List<PathMatcher> matchers(String patterns) {
        return Arrays.stream(patterns.split(",")).map(String::strip).filter(p -> !p.isEmpty())
                .map(p -> FileSystems.getDefault().getPathMatcher("glob:" + p.toLowerCase(Locale.ROOT))).toList();
    }

    /** The previews of the console itself. */
    static List<PreviewKind> own() {
        String bundle = "org.holdfast.console.recovery";
        return List.of(
                new PreviewKind(bundle + ".image", bundle, 100, ImagePreview.BYTES, true,
                        "*.png,*.jpg,*.jpeg,*.gif,*.bmp",
                        ImagePreview::new),
                new PreviewKind(bundle + ".text", bundle, 10_000, BYTES, false, "", TextPreview::new),
                new PreviewKind(bundle + ".hex", bundle, 20_000, BYTES, false, "", HexPreview::new));
    }

    /**
     * The previews of all bundles of this program; those of the console alone where no framework runs.
     *
     * @param context what previews are injected from
     */
    public static List<PreviewKind> all(IEclipseContext context) {
        return Platform
                .isRunning()
                        ? all(Platform.getExtensionRegistry(),
                                (bundle, name) -> (RestorePreview<?>) ContextInjectionFactory
                                        .make(Platform.getBundle(bundle).loadClass(name), context))
                        : own();
    }

    /** The previews of a registry and those of the console, in their order. */
    public static List<PreviewKind> all(IExtensionRegistry registry, ClassMaker maker) {
        var all = new ArrayList<>(own());
        for (IConfigurationElement element : registry.getConfigurationElementsFor(POINT)) {
            String bundle = element.getContributor().getName();
            String className = text(element, "class");
            try {
                all.add(new PreviewKind(text(element, "id"), bundle, number(element, "order", LAST),
                        number(element, "bytes", BYTES), text(element, "whole").equals("true"),
                        text(element, "patterns"),
                        () -> maker.make(bundle, className)));
            } catch (PatternSyntaxException e) {
                log(bundle, e);
            }
        }
        all.sort(Comparator.comparingInt((PreviewKind kind) -> kind.order).thenComparing(kind -> kind.id));
        return List.copyOf(all);
    }

    private static String text(IConfigurationElement element, String attribute) {
        String value = element.getAttribute(attribute);
        return value == null ? "" : value;
    }

    private static int number(IConfigurationElement element, String attribute, int otherwise) {
        try {
            return Integer.parseInt(text(element, attribute));
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }

    /** Says in the log that a preview of a bundle failed. */
    static void log(String bundle, Throwable failure) {
        if (Platform.isRunning()) {
            ILog.of(PreviewKind.class).error("A preview of " + bundle + " failed.", failure);
        }
    }

    /** Whether it is meant for files of such a name and size. */
    boolean takes(Entry file) {
        if (whole && file.size() > bytes) {
            return false;
        }
        if (patterns.isEmpty()) {
            return true;
        }
        try {
            Path path = Path.of(file.name().toLowerCase(Locale.ROOT));
            return patterns.stream().anyMatch(pattern -> pattern.matches(path));
        } catch (InvalidPathException e) {
            return false; // a name that this computer does not know
        }
    }

    int bytes() {
        return bytes;
    }

    String id() {
        return id;
    }

    String bundle() {
        return bundle;
    }

    RestorePreview<?> make() throws ReflectiveOperationException {
        return maker.make();
    }
}
