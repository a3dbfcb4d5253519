"""tests/services/smtp.py FOLDER - a mail server for tests, made of Debian's aiosmtpd.

Listens on 127.0.0.1 at a free port and prints it. Each letter taken becomes a
file in FOLDER: its first line is the envelope ("from to"), the rest the bytes
as they came. Who the letter is for says what happens:
  refused@...  550, for good
  busy@...     451 for the first two tries, then taken
"""
import os
import sys
import time

from aiosmtpd.controller import Controller


class Keeper:
    def __init__(self, folder):
        self.folder = folder
        self.tries = 0
        self.taken = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith('refused@'):
            return '550 5.1.1 nobody here has that name'
        if address.startswith('busy@'):
            self.tries += 1
            if self.tries <= 2:
                return '451 4.3.2 come back later'
        envelope.rcpt_tos.append(address)
        return '250 OK'

    async def handle_DATA(self, server, session, envelope):
        self.taken += 1
        name = os.path.join(self.folder, f'{self.taken:05}')
        with open(name + '.part', 'wb') as file:
            file.write(f'{envelope.mail_from} {" ".join(envelope.rcpt_tos)}\n'.encode())
            file.write(envelope.original_content)
        os.rename(name + '.part', name + '.eml')
        return '250 kept'


def main():
    controller = Controller(Keeper(sys.argv[1]), hostname='127.0.0.1', port=int(sys.argv[2]))
    controller.start()
    print(f'smtp://127.0.0.1:{sys.argv[2]}', flush=True)
    while os.getppid() != 1:
        time.sleep(0.5)


main()
