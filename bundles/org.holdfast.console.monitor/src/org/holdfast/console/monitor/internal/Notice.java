package org.holdfast.console.monitor.internal;

import java.util.Map;

import org.holdfast.console.ui.Icon;

/**
 * What a person is told without having asked at that moment.
 *
 * @param icon beside it
 * @param title what happened
 * @param text more about it, may be empty
 * @param command shows where it comes from
 * @param parameters of that command
 */
public record Notice(Icon icon, String title, String text, String command, Map<String, String> parameters) {
}
