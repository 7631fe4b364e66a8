package com.example.notes.vault;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.holdfast.api.notify.TargetField;
import org.holdfast.api.policy.FieldProblem;
import org.holdfast.api.spi.notify.DeliveryException;
import org.holdfast.api.spi.notify.Notification;
import org.holdfast.api.spi.notify.NotificationTarget;
import org.holdfast.api.spi.notify.TargetConfiguration;
import org.osgi.service.component.annotations.Component;

/** Appends each message to a file on the vault's machine, one line for each. Thread-safe: a line is one write. */
@Component(service = NotificationTarget.class)
public final class FileTarget implements NotificationTarget {
    private static final String FILE = "file";

    @Override
    public String kind() {
        return "example-file";
    }

    @Override
    public List<TargetField> fields() {
        return List.of(TargetField.required(FILE, "absolute path of the file, on the vault's machine"));
    }

    @Override
    public List<FieldProblem> check(TargetConfiguration configuration) {
        return Path.of(configuration.setting(FILE, "")).isAbsolute() ? List.of()
                : List.of(new FieldProblem(FILE, "The path has to be absolute."));
    }

    @Override
    public void deliver(TargetConfiguration configuration, Notification notification) throws DeliveryException {
        String line = notification.time() + " " + notification.severity() + " " + notification.title() + "\n";
        try {
            Files.writeString(Path.of(configuration.setting(FILE, "")), line, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw DeliveryException.notNow("The file cannot be written: " + e.getMessage(), e);
        }
    }
}
