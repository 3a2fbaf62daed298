"""A registry of boats as an old SOAP service, by spyne: port, and "1.1" or "1.2"."""

import datetime
import sys
from decimal import Decimal as Exactly
from wsgiref.simple_server import make_server

from spyne import Application, Array, Boolean, ComplexModel, Date, Decimal, Enum, Fault, Integer, ServiceBase, Unicode, rpc
from spyne.protocol.soap import Soap11, Soap12
from spyne.server.wsgi import WsgiApplication

State = Enum("live", "gone", type_name="State")


class Boat(ComplexModel):
    __namespace__ = "urn:boats:types"
    plate = Unicode(min_occurs=1)
    owner = Unicode
    tons = Decimal
    seats = Integer
    insured = Boolean
    built = Date
    note = Unicode


BOATS = [
    Boat(
        plate="กข 1",
        owner="1101700230708",
        tons=Exactly("2.50"),
        seats=4,
        insured=True,
        built=datetime.date(2019, 5, 1),
        note='a <b> & "c"',
    ),
    Boat(plate="ขค 2", owner="1101700230708", seats=0, insured=False),
    Boat(plate="<&\">", owner="2"),
]


class Boats(ServiceBase):
    @rpc(Unicode(min_occurs=1), _returns=Boat)
    def FindBoat(ctx, plate):
        if plate == "refuse":
            raise Fault("Client.Refused", "1101700230708")
        if plate == "break":
            raise ValueError("1101700230708")
        return next((boat for boat in BOATS if boat.plate == plate), None)

    @rpc(Unicode(pattern="[0-9]+", min_occurs=1), State, _returns=Array(Boat))
    def BoatsOfOwner(ctx, owner, state):
        return [boat for boat in BOATS if boat.owner == owner]


protocol = Soap12 if sys.argv[2] == "1.2" else Soap11
application = Application([Boats], "urn:boats", in_protocol=protocol(validator="lxml"), out_protocol=protocol())
make_server("127.0.0.1", int(sys.argv[1]), WsgiApplication(application)).serve_forever()
