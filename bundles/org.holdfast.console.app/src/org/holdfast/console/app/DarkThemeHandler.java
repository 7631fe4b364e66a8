package org.holdfast.console.app;

import java.util.Map;

import org.eclipse.core.commands.AbstractHandler;
import org.eclipse.core.commands.ExecutionEvent;
import org.eclipse.core.commands.ExecutionException;
import org.eclipse.e4.ui.css.swt.theme.ITheme;
import org.eclipse.e4.ui.css.swt.theme.IThemeEngine;
import org.eclipse.ui.IWorkbenchWindow;
import org.eclipse.ui.commands.ICommandService;
import org.eclipse.ui.commands.IElementUpdater;
import org.eclipse.ui.handlers.HandlerUtil;
import org.eclipse.ui.menus.UIElement;
import org.holdfast.console.ui.Ui;

/** Switches between the light and the dark theme; the choice is kept. */
public final class DarkThemeHandler extends AbstractHandler implements IElementUpdater {
    private static final String COMMAND = "org.holdfast.console.app.darkTheme";
    private static final String LIGHT = "org.eclipse.e4.ui.css.theme.e4_default";
    private static final String DARK = "org.eclipse.e4.ui.css.theme.e4_dark";

    @Override
    public Object execute(ExecutionEvent event) throws ExecutionException {
        IWorkbenchWindow window = HandlerUtil.getActiveWorkbenchWindowChecked(event);
        IThemeEngine engine = window.getService(IThemeEngine.class);
        if (engine != null) {
            boolean dark = isDark(engine);
            engine.setTheme(dark ? LIGHT : DARK, true);
            if (dark) {
                Ui.async(window.getShell(), () -> Ground.repair(window.getShell()));
            }
            window.getService(ICommandService.class).refreshElements(COMMAND, null);
        }
        return null;
    }

    @Override
    public void updateElement(UIElement element, @SuppressWarnings("rawtypes") Map parameters) {
        IThemeEngine engine = element.getServiceLocator().getService(IThemeEngine.class);
        element.setChecked(engine != null && isDark(engine));
    }

    private static boolean isDark(IThemeEngine engine) {
        ITheme active = engine.getActiveTheme();
        return active != null && active.getId().startsWith(DARK);
    }
}
