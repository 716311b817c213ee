package io.infrabridge.server.service;

import io.infrabridge.runtime.value.ServiceName;

/** The arguments of every action on one service. */
record ServiceInput(ServiceName serviceName) {}
