package org.holdfast.engine.internal.retain;
public final class RetainJob { public RetainJob(org.holdfast.engine.internal.objects.Vault v, org.holdfast.api.vault.RetainRequest r, org.holdfast.api.ProgressSink s, org.holdfast.api.CancelToken c) {} public org.holdfast.api.vault.RetainResult run() { throw new IllegalStateException(); } }
