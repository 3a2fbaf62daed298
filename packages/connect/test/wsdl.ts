const XSD = 'http://www.w3.org/2001/XMLSchema'

/** A registry of boats as old services describe themselves: several files, types that extend others, SOAP 1.1 and 1.2, both styles. */
export const files: Readonly<Record<string, string>> = {
  'boats.wsdl': `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:tns="urn:boats" targetNamespace="urn:boats">
  <import namespace="urn:boats" location="parts/messages.wsdl"/>
  ${binding('http://schemas.xmlsoap.org/wsdl/soap/', 'Plain', 'document', ['Boat', 'Owned', 'Count'])}
  ${binding('http://schemas.xmlsoap.org/wsdl/soap/', 'Called', 'rpc', ['Called'])}
  ${binding('http://schemas.xmlsoap.org/wsdl/soap12/', 'Newer', 'document', ['Boat', 'Newer'])}
  ${binding('http://schemas.xmlsoap.org/wsdl/soap/', 'Old', 'rpc', ['Old']).replaceAll('literal', 'encoded')}
</definitions>`,
  'parts/messages.wsdl': `<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:b="urn:boats" xmlns:x="${XSD}" targetNamespace="urn:boats">
  <w:import namespace="urn:boats" location="../boats.wsdl"/>
  <w:types><x:schema targetNamespace="urn:boats" elementFormDefault="qualified">
    <x:include schemaLocation="types.xsd"/><x:import namespace="urn:people" schemaLocation="people.xsd"/>
  </x:schema></w:types>
  ${['Boat', 'Owned', 'Count', 'Newer'].map((name) => message(name, `element="b:${name}"`, `element="b:${name}Answer"`)).join('')}
  ${['Called', 'Old'].map((name) => message(name, 'type="x:string"', 'type="b:boat"')).join('')}
  ${port('Plain', ['Boat', 'Owned', 'Count'])}${port('Called', ['Called'])}${port('Newer', ['Boat', 'Newer'])}${port('Old', ['Old'])}
</w:definitions>`,
  'parts/types.xsd': `<xs:schema xmlns:xs="${XSD}" xmlns:p="urn:people" elementFormDefault="qualified">
  <xs:include schemaLocation="types.xsd"/>
  <xs:element name="Boat"><xs:complexType><xs:sequence><xs:element name="plate" type="plate"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="BoatAnswer"><xs:complexType><xs:sequence><xs:element name="boat" type="boat" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="Owned"><xs:complexType><xs:sequence>
    <xs:element name="page" type="xs:int" minOccurs="0"/>
    <xs:element name="by"><xs:complexType><xs:all>
      <xs:element name="owner" type="number"/><xs:element ref="p:state" minOccurs="0"/>
    </xs:all></xs:complexType></xs:element>
  </xs:sequence></xs:complexType></xs:element>
  <xs:element name="OwnedAnswer"><xs:complexType><xs:sequence><xs:element name="boats" minOccurs="0"><xs:complexType><xs:sequence>
    <xs:group ref="many"/></xs:sequence></xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
  <xs:group name="many"><xs:sequence maxOccurs="unbounded" minOccurs="0"><xs:element name="boat" type="boat"/></xs:sequence></xs:group>
  <xs:element name="Count" type="plate"/><xs:element name="CountAnswer" type="xs:integer"/>
  <xs:element name="Newer"><xs:complexType><xs:sequence><xs:element name="plate" type="plate"/></xs:sequence></xs:complexType></xs:element>
  <xs:element name="NewerAnswer" type="boat"/>
  <xs:simpleType name="plate"><xs:restriction base="xs:token"><xs:maxLength value="10"/></xs:restriction></xs:simpleType>
  <xs:simpleType name="number"><xs:restriction><xs:simpleType><xs:restriction base="xs:long"/></xs:simpleType></xs:restriction></xs:simpleType>
  <xs:complexType name="thing"><xs:sequence><xs:element name="plate" type="plate"/></xs:sequence><xs:attributeGroup ref="marks"/></xs:complexType>
  <xs:attributeGroup name="marks"><xs:attribute name="serial" type="xs:unsignedLong"/></xs:attributeGroup>
  <xs:complexType name="boat"><xs:complexContent><xs:extension base="thing"><xs:sequence>
    <xs:element name="tons" nillable="true" type="xs:decimal" minOccurs="0"/>
    <xs:choice><xs:element name="insured" type="xs:boolean"/><xs:element name="none" type="xs:string"/></xs:choice>
    <xs:element name="length" minOccurs="0"><xs:complexType><xs:simpleContent><xs:extension base="xs:decimal">
      <xs:attribute name="unit" type="xs:string"/></xs:extension></xs:simpleContent></xs:complexType></xs:element>
    <xs:element name="parent" type="boat" minOccurs="0"/><xs:element name="secret" type="xs:string" minOccurs="0"/>
    <xs:any minOccurs="0"/>
  </xs:sequence></xs:extension></xs:complexContent></xs:complexType>
</xs:schema>`,
  'parts/people.xsd': `<schema xmlns="${XSD}" xmlns:me="urn:people" targetNamespace="urn:people">
  <element name="state" type="me:state"/>
  <simpleType name="state"><restriction base="string"><enumeration value="live"/><enumeration value="gone"/></restriction></simpleType>
</schema>`,
}

function binding(space: string, port: string, style: string, operations: readonly string[]): string {
  const body = `<s:body use="literal" namespace="urn:boats:calls"/>`
  const all = operations.map(
    (name) =>
      `<operation name="${name}"><s:operation soapAction="urn:boats/${name}"/><input>${body}</input><output>${body}</output></operation>`,
  )
  return `<binding name="${port}Soap" type="tns:${port}" xmlns:s="${space}"><s:binding style="${style}" transport="http://schemas.xmlsoap.org/soap/http"/>${all.join('')}</binding>`
}

function message(name: string, request: string, answer: string): string {
  return `<w:message name="${name}In"><w:part name="asked" ${request}/></w:message><w:message name="${name}Out"><w:part name="found" ${answer}/></w:message>`
}

function port(name: string, operations: readonly string[]): string {
  const all = operations.map(
    (one) =>
      `<w:operation name="${one}"><w:input message="b:${one}In"/><w:output message="b:${one}Out"/></w:operation>`,
  )
  return `<w:portType name="${name}">${all.join('')}</w:portType>`
}
