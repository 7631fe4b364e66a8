package org.holdfast.console.smoke;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import org.eclipse.core.commands.contexts.Context;
import org.eclipse.core.commands.common.NotDefinedException;
import org.eclipse.core.runtime.Platform;
import org.eclipse.jface.bindings.Binding;
import org.eclipse.jface.bindings.Scheme;
import org.eclipse.swt.SWT;
import org.eclipse.ui.contexts.IContextService;
import org.eclipse.ui.keys.IBindingService;
import org.holdfast.console.smoke.Report.Findings;

/** No two commands have one key where both could be meant, when one of them is ours. */
final class KeyChecks {
    private static final String OURS = "org.holdfast.console.";

    private final Screen screen;

    KeyChecks(Screen screen) {
        this.screen = screen;
    }

    int nothingClashes(Findings findings) throws NotDefinedException {
        IBindingService service = screen.workbench().getService(IBindingService.class);
        Set<String> schemes = schemes(service);
        var active = new ArrayList<Binding>();
        for (Binding binding : service.getBindings()) {
            if (binding.getParameterizedCommand() != null && schemes.contains(binding.getSchemeId())
                    && fits(binding.getPlatform(), SWT.getPlatform()) && fits(binding.getLocale(), Platform.getNL())) {
                active.add(binding);
            }
        }
        for (int i = 0; i < active.size(); i++) {
            for (Binding other : active.subList(i + 1, active.size())) {
                if (clash(active.get(i), other)) {
                    findings.add(other.getTriggerSequence().format() + ": " + name(active.get(i)) + " and "
                            + name(other));
                }
            }
        }
        return active.size();
    }

    private Set<String> schemes(IBindingService service) throws NotDefinedException {
        var ids = new HashSet<String>();
        Scheme scheme = service.getActiveScheme();
        while (scheme != null) {
            ids.add(scheme.getId());
            String parent = scheme.getParentId();
            scheme = parent == null ? null : service.getScheme(parent);
        }
        return ids;
    }

    private static boolean fits(String wanted, String real) {
        return wanted == null || real.startsWith(wanted);
    }

    private boolean clash(Binding one, Binding other) throws NotDefinedException {
        return one.getTriggerSequence().equals(other.getTriggerSequence())
                && !one.getParameterizedCommand().equals(other.getParameterizedCommand())
                && (id(one).startsWith(OURS) || id(other).startsWith(OURS))
                && (within(one.getContextId()).contains(other.getContextId())
                        || within(other.getContextId()).contains(one.getContextId()));
    }

    /** A context and those it is part of. */
    private List<String> within(String id) throws NotDefinedException {
        IContextService contexts = screen.workbench().getService(IContextService.class);
        var chain = new ArrayList<String>();
        String next = id;
        while (next != null) {
            chain.add(next);
            Context context = contexts.getContext(next);
            next = context.isDefined() ? context.getParentId() : null;
        }
        return chain;
    }

    private static String id(Binding binding) {
        return binding.getParameterizedCommand().getId();
    }

    private static String name(Binding binding) {
        return id(binding) + " (" + binding.getContextId() + ")";
    }
}
