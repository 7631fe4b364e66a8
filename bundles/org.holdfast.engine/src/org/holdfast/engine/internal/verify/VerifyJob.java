package org.holdfast.engine.internal.verify;
public final class VerifyJob { public VerifyJob(org.holdfast.engine.internal.objects.Vault v, boolean r, org.holdfast.api.ProgressSink s, org.holdfast.api.CancelToken c) {} public org.holdfast.api.vault.VerifyResult run() { throw new IllegalStateException(); } }
