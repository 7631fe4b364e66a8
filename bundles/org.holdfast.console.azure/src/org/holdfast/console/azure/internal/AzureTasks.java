package org.holdfast.console.azure.internal;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

import org.eclipse.jdt.annotation.Nullable;
import org.holdfast.api.azure.AzureManagement;
import org.holdfast.api.azure.VaultPlan;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Asks Azure on threads that may wait, and remembers what was made last. Thread-safe. */
@Component(service = AzureTasks.class)
public final class AzureTasks {
    private final AzureManagement management;
    private final ExecutorService background = Executors.newVirtualThreadPerTaskExecutor();
    private volatile @Nullable VaultPlan last;

    /** Called by the framework, or by a test. */
    @Activate
    public AzureTasks(@Reference AzureManagement management) {
        this.management = management;
    }

    /** Asks something. */
    <T> CompletableFuture<T> ask(Function<AzureManagement, T> question) {
        return CompletableFuture.supplyAsync(() -> question.apply(management), background);
    }

    /** Azure itself, for threads that may wait. */
    AzureManagement management() {
        return management;
    }

    /** What was made last, or null. */
    public @Nullable VaultPlan last() {
        return last;
    }

    /** Something was made, or its making failed. */
    void made(VaultPlan plan) {
        last = plan;
    }

    /** Called by the framework, or by a test. */
    @Deactivate
    public void close() {
        background.shutdownNow();
    }
}
