/* out/address.h - which addresses are nobody else's business.
 *
 * An address that people typed may lead into our own network: to the database,
 * to a cloud's metadata service. Such calls are refused when the connection is
 * made, by the address that the name really has at that moment.
 *
 * Memory, state: none.
 */
#ifndef SWARD_OUT_ADDRESS_H
#define SWARD_OUT_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

/* True unless the address is one of the public Internet: loopback, private,
 * link-local, multicast, reserved, an unknown family, or IPv6 that carries such
 * an IPv4 address. */
bool address_is_private(const struct sockaddr *address, socklen_t size);

#endif
