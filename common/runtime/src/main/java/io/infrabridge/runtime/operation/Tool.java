package io.infrabridge.runtime.operation;

import io.infrabridge.contract.TargetKind;

/** A tool as callers know it; its operations share name and summary. */
public record Tool(String name, String summary, TargetKind targetKind) {}
